// SPDX-License-Identifier: Apache-2.0
#include "engine/interner.hpp"

namespace kentongan::engine {

Interner::Id Interner::acquire(std::string_view text) {
  if (const auto found = ids_.find(text); found != ids_.end()) {
    ++entries_[found->second - 1].users;
    return found->second;
  }
  Id id = 0;
  if (free_.empty()) {
    entries_.emplace_back();
    id = static_cast<Id>(entries_.size());
  } else {
    id = free_.back();
    free_.pop_back();
  }
  Entry& entry = entries_[id - 1];
  entry.text.assign(text);
  entry.users = 1;
  ids_.emplace(entry.text, id);
  return id;
}

void Interner::release(Id id) {
  if (id == 0) return;
  Entry& entry = entries_[id - 1];
  if (--entry.users > 0) return;
  ids_.erase(entry.text);
  entry.text.clear();
  entry.text.shrink_to_fit();
  free_.push_back(id);
}

Interner::Id Interner::find(std::string_view text) const {
  const auto found = ids_.find(text);
  return found == ids_.end() ? 0 : found->second;
}

}  // namespace kentongan::engine
