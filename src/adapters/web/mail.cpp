// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>

#include "adapters/web/client.hpp"
#include "adapters/web/transfer.hpp"

namespace kentongan::web {
namespace {

struct Unread {
  const std::string& text;
  std::size_t at = 0;
};

std::size_t on_read(char* buffer, std::size_t one, std::size_t count, void* unread) {
  auto& from = *static_cast<Unread*>(unread);
  const std::size_t size = std::min(one * count, from.text.size() - from.at);
  std::memcpy(buffer, from.text.data() + from.at, size);
  from.at += size;
  return size;
}

}  // namespace

Answer Client::send(const Mail& mail) const {
  // smtp:// is not in the clear: STARTTLS is required of the server before anything is said.
  Transfer transfer(network_, mail.server, {"smtp", "smtps"}, true);
  Unread unread{mail.text};
  transfer.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  transfer.set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  if (!mail.user.empty()) {
    transfer.set(CURLOPT_USERNAME, mail.user.c_str());
    transfer.set(CURLOPT_PASSWORD, mail.password.c_str());
  }
  const std::string sender = "<" + mail.from + ">";
  transfer.set(CURLOPT_MAIL_FROM, sender.c_str());
  transfer.add_line("<" + mail.to + ">");
  transfer.set(CURLOPT_MAIL_RCPT, transfer.lines());
  transfer.set(CURLOPT_UPLOAD, 1L);
  transfer.set(CURLOPT_READFUNCTION, &on_read);
  transfer.set(CURLOPT_READDATA, &unread);
  return transfer.run();
}

}  // namespace kentongan::web
