// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace kentongan::codec {

/// Text as XML 1.0 takes it: markup escaped, characters that it does not allow left out. `text` is valid UTF-8.
void append_xml_text(std::string& out, std::string_view text);

/// Elements one after another. Names are ours and are not escaped; texts are.
class XmlWriter {
 public:
  void open(std::string_view element) { xml_.append("<").append(element).append(">"); }
  void close(std::string_view element) { xml_.append("</").append(element).append(">"); }
  void text(std::string_view element, std::string_view value) {
    open(element);
    append_xml_text(xml_, value);
    close(element);
  }
  /// CAP's pairs of `valueName` and `value`.
  void pair(std::string_view element, std::string_view name, std::string_view value) {
    open(element);
    text("valueName", name);
    text("value", value);
    close(element);
  }
  [[nodiscard]] std::string take() { return std::move(xml_); }

 private:
  std::string xml_;
};

}  // namespace kentongan::codec
