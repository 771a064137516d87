// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "domain/time.hpp"

namespace kentongan::app {

/// `notify` of the configuration: the ways to people. A channel without the setting that makes it (the first of each)
/// is not there; without any, nothing is sent. Secrets are env:NAME or file:PATH.
struct NotifyConfig {
  std::filesystem::path database;  ///< default: notify.db beside the journal
  bool own_networks = false;       ///< receivers may be at loopback and private addresses, and without TLS
  std::filesystem::path ca_file;
  Duration oldest = std::chrono::hours(24);  ///< steps older than this are not told; 0: all are
  Duration patience = std::chrono::minutes(1);
  Duration give_up = std::chrono::hours(6);
  Duration keep = std::chrono::days(90);
  Duration group_wait = std::chrono::seconds(30);
  Duration group_window = std::chrono::minutes(15);
  std::string trouble;  ///< "CHANNEL ADDRESS": who hears that nobody is on duty or somebody is not reached

  struct {
    std::string secret;
    bool free_text = false;
  } webhook;
  struct {
    std::string token;
    std::string url = "https://api.telegram.org";
    bool free_text = false;
  } telegram;
  struct {
    std::string token;
    std::string sender;
    std::string message_template = "kentongan_alert";
    std::string app_secret;    ///< signs what the Cloud API posts to us; without it answers do not come back
    std::string verify_token;  ///< which it shows when it asks whether callbacks are wanted
    std::string url = "https://graph.facebook.com/v21.0";
    bool free_text = false;
  } whatsapp;
  struct {
    std::string server, from, user, password;
    bool free_text = false;
  } email;
  struct {
    std::string url, token;
    bool free_text = false;
  } ntfy;
  struct {
    std::string urls;  ///< with commas between
  } alertmanager;
  struct {
    std::filesystem::path path;
    bool free_text = false;
  } file;
  struct {
    std::string url;
    Duration every = std::chrono::minutes(1);
  } heartbeat;

  /// Where people answer without logging in: pages of this service, as they reach it from outside.
  struct {
    std::string url;  ///< without a slash at its end
    std::string key;
    Duration valid_for = std::chrono::hours(48);
  } links;

  /// Whether anything is to be sent.
  [[nodiscard]] bool wanted() const {
    return !webhook.secret.empty() || !telegram.token.empty() || !whatsapp.token.empty() || !email.server.empty() ||
           !ntfy.url.empty() || !alertmanager.urls.empty() || !file.path.empty() || !heartbeat.url.empty();
  }
};

}  // namespace kentongan::app
