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
  // A text is bytes.
  Bytes(std::string own) : Bytes(new std::string(std::move(own))) {}  // NOLINT(google-explicit-constructor)
  Bytes(const char* own) : Bytes(std::string(own)) {}                 // NOLINT(google-explicit-constructor)
  Bytes(std::string_view lent, void* owner, Release release) : bytes_(lent), owner_(owner), release_(release) {}
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
  [[nodiscard]] std::string_view view() const noexcept { return bytes_; }
  operator std::string_view() const noexcept { return view(); }  // NOLINT(google-explicit-constructor)

 private:
  explicit Bytes(std::string* own) : Bytes(*own, own, [](void* text) { delete static_cast<std::string*>(text); }) {}
  void swap(Bytes& other) noexcept {
    std::swap(bytes_, other.bytes_);
    std::swap(owner_, other.owner_);
    std::swap(release_, other.release_);
  }

  // Few words, as what comes from a client is passed on several times.
  std::string_view bytes_;
  void* owner_ = nullptr;
  Release release_ = nullptr;
};

}  // namespace kentongan::ports
