// SPDX-License-Identifier: Apache-2.0
// Any bytes, as one event and as a body of events. The first byte chooses the shape of the body.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "codec/batch.hpp"
#include "codec/decoder.hpp"
#include "codec/nik.hpp"
#include "rapidjson_oracle.hpp"
#include "said.hpp"
#include "small_reference.hpp"

using namespace kentongan;

namespace {

void judge(codec::Decoder& decoder, std::string_view raw) {
  const auto event = decoder.decode(raw);
  if (event) return;
  const Rejection& rejection = event.error();
  if (rejection.message.empty() || codec::holds_nik(rejection.message)) std::abort();
  const DeadLetter letter = codec::dead_letter(rejection, raw);
  const bool personal = rejection.reason == RejectReason::personal_data;
  if (!personal && letter.raw != raw) std::abort();
  if (personal && letter.raw == raw) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const auto reference = codec::small_reference();
  static codec::Decoder decoder(reference);
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  judge(decoder, text);
  // What it remembers of the inputs before must not show.
  codec::Decoder fresh(reference);
  if (codec::said_of(decoder, text, *reference) != codec::said_of(fresh, text, *reference)) std::abort();
  if (!codec::agrees_with_rapidjson(std::string(text))) std::abort();

  const std::string_view body = text.substr(1);
  const auto events = codec::split(body, static_cast<codec::BodyShape>(bytes[0] % 4));
  if (!events) return 0;
  const char* behind = body.data();
  for (const std::string_view event : *events) {
    if (!event.empty() && (event.data() < behind || event.data() + event.size() > body.data() + body.size()))
      std::abort();
    if (!event.empty()) behind = event.data() + event.size();
    judge(decoder, event);
  }
  return 0;
}
