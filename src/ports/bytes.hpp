// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace kentongan::ports {

/// Bytes that somebody owns: this itself, or the library they came from, which is told when they are no longer needed.
/// So what a client has fetched is read where it lies. To be moved, not copied. Not thread-safe.
class Bytes {
 public:
  /// Told once about the owner of lent bytes, by whichever thread destroys the last of them.
  using Release = void (*)(void* owner);

  Bytes() = default;
  Bytes(std::string own) : own_(std::move(own)) {}  // NOLINT(google-explicit-constructor): a text is bytes
  Bytes(const char* own) : own_(own) {}             // NOLINT(google-explicit-constructor)
  Bytes(std::string_view lent, void* owner, Release release) : lent_(lent), owner_(owner), release_(release) {}
  Bytes(Bytes&& other) noexcept { swap(other); }
  Bytes& operator=(Bytes&& other) noexcept {
    Bytes(std::move(other)).swap(*this);
    return *this;
  }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;
  ~Bytes() {
    if (release_ != nullptr) release_(owner_);
  }

  /// Until this is moved from, or destroyed.
  [[nodiscard]] std::string_view view() const noexcept { return release_ == nullptr ? std::string_view(own_) : lent_; }
  operator std::string_view() const noexcept { return view(); }  // NOLINT(google-explicit-constructor)

 private:
  void swap(Bytes& other) noexcept {
    own_.swap(other.own_);
    std::swap(lent_, other.lent_);
    std::swap(owner_, other.owner_);
    std::swap(release_, other.release_);
  }

  std::string own_;
  std::string_view lent_;
  void* owner_ = nullptr;
  Release release_ = nullptr;  ///< null: the bytes are own_
};

}  // namespace kentongan::ports
