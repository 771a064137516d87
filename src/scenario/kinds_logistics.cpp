// SPDX-License-Identifier: Apache-2.0
// Boxes that do not go the way they should, and the places where they lie.
#include "scenario/box_chain.hpp"
#include "scenario/kinds.hpp"

namespace kentongan::scenario {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// Steps of the chain by place in kBoxChain.
enum Step : std::size_t { packed, to_district, at_district, to_area, at_area, opened, returned };
constexpr std::int64_t kBoxes = 12;

/// One step of a story's consignment. Return false: it does not take place.
using Tamper = std::function<bool(std::size_t step, TimePoint& time, Consignment& event)>;

/// Goes the whole way with a reserve consignment of the kelurahan, each step as `tamper` leaves it.
void chain(Teller& tell, const Tamper& tamper) {
  const std::string id = tell.named("k");
  tell.key(id);
  const Duration into = tell.minutes(0, 30);
  for (std::size_t n = 0; n < kBoxChain.size(); ++n) {
    const ChainStep& step = kBoxChain[n];
    TimePoint time = tell.setting.timetable.at(step.day, minutes(step.minute)) + into;
    if (time < tell.plot.start) continue;
    Consignment event = chain_event(step, tell.area(), tell.setting.reference, time);
    event.consignment = id;
    event.quantity = event.seals_expected = event.seals_intact = kBoxes;
    if (tamper(n, time, event)) tell.consignment(time, event);
  }
}

/// What goes wrong at one step is a symptom at once, and the alert is due within the hour.
void symptom(Teller& tell, TimePoint time) {
  tell.symptom_at(time);
  tell.expect_by(time + hours(1));
}

/// It leaves the city's store and is at the kecamatan fourteen hours later instead of one.
void arrives_late(Teller& tell) {
  chain(tell, [&](std::size_t step, TimePoint& time, Consignment& event) {
    if (step == to_district) {
      tell.symptom_at(*event.due_at);
      tell.expect_by(*event.due_at + hours(8));
    }
    if (step == at_district) time += hours(13);
    return true;
  });
}

/// It leaves the kecamatan on the eve, and nobody sees it again.
void goes_missing(Teller& tell) {
  chain(tell, [&](std::size_t step, TimePoint&, Consignment& event) {
    if (step == to_area) {
      tell.symptom_at(*event.due_at);
      tell.expect_by(*event.due_at + hours(8));
    }
    return step <= to_area;
  });
}

void broken_seal(Teller& tell) {
  chain(tell, [&](std::size_t step, TimePoint& time, Consignment& event) {
    if (step == at_district) {
      event.seals_intact = kBoxes - 2;
      symptom(tell, time);
    }
    return true;
  });
}

void no_seal_left(Teller& tell) {
  chain(tell, [&](std::size_t step, TimePoint& time, Consignment& event) {
    if (step == at_district) {
      event.seals_intact = 0;
      symptom(tell, time);
    }
    return true;
  });
}

void short_count(Teller& tell) {
  chain(tell, [&](std::size_t step, TimePoint& time, Consignment& event) {
    if (step >= at_area) event.quantity = event.seals_expected = event.seals_intact = kBoxes - 1;
    if (step == at_area) symptom(tell, time);
    return true;
  });
}

/// Opened in the store of the kecamatan.
void opened_on_the_way(Teller& tell) {
  chain(tell, [&](std::size_t step, TimePoint& time, Consignment& event) {
    if (step == to_area) {
      Consignment early = event;
      early.step = ConsignmentStep::opened;
      early.due_at.reset();
      tell.consignment(time - hours(2), early);
      symptom(tell, time - hours(2));
    }
    return true;
  });
}

/// Opened at the polling station, though nobody has seen it arrive there.
void wrong_order(Teller& tell) {
  chain(tell, [&](std::size_t step, TimePoint& time, Consignment&) {
    if (step == opened) symptom(tell, time);
    return step != at_area;
  });
}

/// Counted, and not brought back in the night.
void no_return(Teller& tell) {
  chain(tell, [&](std::size_t step, TimePoint& time, Consignment&) {
    if (step == returned) {
      tell.symptom_at(time);
      tell.expect_by(tell.at(1, 20));
    }
    return step != returned;
  });
}

/// Somebody has been at the door of a store by night.
void storage_incident(Teller& tell) {
  const auto& sites = tell.setting.reference.sites;
  std::vector<const Site*> here;
  for (const Site& site : sites) {
    const Place& place = tell.setting.reference.place(site.area);
    if (place.city == tell.plot.city && place.kind == PlaceKind::area) here.push_back(&site);
  }
  const Site& site = *here[tell.random.below(here.size())];
  tell.report(tell.plot.start, site.area, "storage_site", 4, tell.witness(site.area, 2), [&](Report& r) {
    r.site = site.id;
    r.athg = Athg::disturbance;
    r.recommendation = "Tambah penjagaan malam di gudang";
  });
  tell.key(tell.code(site.area) + "+" + site.id);
}

}  // namespace

void add_logistics(std::vector<Kind>& kinds) {
  kinds.push_back(
      {"consignment_late", -9, -9, 7, 8, 1, true, {"consignment-under-way", "consignment-late"}, arrives_late});
  kinds.push_back(
      {"consignment_missing", -9, -9, 7, 8, 1, true, {"consignment-under-way", "consignment-not-there"}, goes_missing});
  kinds.push_back({"broken_seal", -9, -9, 7, 8, 1, true, {"seal-broken"}, broken_seal});
  kinds.push_back({"no_seal_left", -9, -9, 7, 8, 1, true, {"seals-gone"}, no_seal_left});
  kinds.push_back({"short_count", -9, -9, 7, 8, 1, true, {"consignment-short"}, short_count});
  kinds.push_back({"opened_on_the_way", -9, -9, 7, 8, 1, true, {"consignment-opened-early"}, opened_on_the_way});
  kinds.push_back({"wrong_order", -9, -9, 7, 8, 1, true, {"consignment-out-of-order"}, wrong_order});
  kinds.push_back({"no_return", -9, -9, 7, 8, 1, true, {"consignment-not-returned"}, no_return});
  kinds.push_back(
      {"storage_incident", -8, -2, 21, 24, 1, true, {"storage-site-incident"}, storage_incident, Need::site});
}

}  // namespace kentongan::scenario
