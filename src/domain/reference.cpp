// SPDX-License-Identifier: Apache-2.0
#include "domain/reference.hpp"

namespace kentongan {

void Reference::build_indexes() {
  by_code_.clear();
  by_category_.clear();
  for (std::size_t i = 0; i < places.size(); ++i) {
    by_code_.emplace(places[i].code, PlaceId{static_cast<std::uint32_t>(i)});
  }
  for (std::size_t i = 0; i < categories.size(); ++i) {
    by_category_.emplace(categories[i].id, CategoryId{static_cast<std::uint16_t>(i)});
  }
}

std::optional<PlaceId> Reference::find_place(std::string_view code) const {
  const auto found = by_code_.find(code);
  if (found == by_code_.end()) return std::nullopt;
  return found->second;
}

std::optional<CategoryId> Reference::find_category(std::string_view id) const {
  const auto found = by_category_.find(id);
  if (found == by_category_.end()) return std::nullopt;
  return found->second;
}

std::optional<PlaceId> Reference::district_of(PlaceId id) const {
  const Place& p = place(id);
  switch (p.kind) {
    case PlaceKind::area:
      return p.parent;
    case PlaceKind::district:
      return id;
    case PlaceKind::city:
      return std::nullopt;
  }
  return std::nullopt;
}

bool Reference::contains(PlaceId outer, PlaceId inner) const {
  for (PlaceId at = inner;; at = place(at).parent) {
    if (at == outer) return true;
    if (place(at).kind == PlaceKind::city) return false;
  }
}

const std::vector<Category>& builtin_categories() {
  static const std::vector<Category> categories{
      {"election_fraud", {"Kecurangan pemilu", "Election fraud"}},
      {"vote_buying", {"Politik uang", "Vote buying"}},
      {"intimidation", {"Intimidasi", "Intimidation"}},
      {"provocation", {"Provokasi", "Provocation"}},
      {"hate_speech", {"Ujaran kebencian", "Hate speech"}},
      {"hoax", {"Hoaks", "Hoax"}},
      {"asn_neutrality", {"Netralitas ASN", "Neutrality of civil servants"}},
      {"organiser_neutrality", {"Netralitas penyelenggara", "Neutrality of the organisers"}},
      {"campaign_violation", {"Pelanggaran kampanye", "Campaign violation"}},
      {"quiet_period_violation", {"Pelanggaran masa tenang", "Violation of the quiet period"}},
      {"apk_damage", {"Perusakan alat peraga kampanye", "Damage to campaign material"}},
      {"mass_clash", {"Bentrokan massa", "Clash of crowds"}},
      {"crowd_gathering", {"Pengumpulan massa", "Gathering of a crowd"}},
      {"logistics", {"Logistik pemilu", "Election logistics"}},
      {"storage_site", {"Tempat penyimpanan", "Storage site"}},
      {"tps_disturbance", {"Gangguan di TPS", "Disturbance at a polling station"}},
      {"voter_rights", {"Hak pilih", "Voters' rights"}},
      {"voter_identity", {"Identitas pemilih", "Identity of voters"}},
      {"public_order", {"Ketertiban umum", "Public order"}},
      {"disaster", {"Bencana", "Disaster"}},
  };
  return categories;
}

}  // namespace kentongan
