// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/alert_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "adapters/sqlite/transaction.hpp"

namespace kentongan::sqlite {
namespace {

constexpr std::string_view kReading = "reading alerts";
constexpr std::size_t kGreatestPage = 1000;

/// Where a page ended. As text: FIRED-NUMBER, in milliseconds and by the alert's number.
struct Position {
  std::int64_t fired = std::numeric_limits<std::int64_t>::max();
  std::int64_t number = std::numeric_limits<std::int64_t>::max();
};

std::optional<Position> parse_position(std::string_view text) {
  if (text.empty()) return Position{};
  Position position;
  const char* end = text.data() + text.size();
  const auto fired = std::from_chars(text.data(), end, position.fired);
  if (fired.ec != std::errc() || fired.ptr == end || *fired.ptr != '-') return std::nullopt;
  const auto number = std::from_chars(fired.ptr + 1, end, position.number);
  if (number.ec != std::errc() || number.ptr != end) return std::nullopt;
  return position;
}

/// An alert's id begins with its city's code and a dash.
std::string city_of(std::string_view alert) { return std::string(alert.substr(0, alert.find('-'))); }

struct PageRow {
  Position position;
  std::string alert;
  std::string data;
};

PageRow page_row(const Row& row) {
  return PageRow{{row.integer(0), row.integer(1)}, std::string(row.text(2)), std::string(row.text(3))};
}

}  // namespace

AlertStore::AlertStore(Database& database)
    : database_(database),
      page_(database,
            "SELECT fired, number, alert, data FROM alerts WHERE (fired, number) < (?1, ?2) "
            "ORDER BY fired DESC, number DESC LIMIT ?3",
            kReading),
      page_of_state_(database,
                     "SELECT fired, number, alert, data FROM alerts WHERE state = ?4 AND (fired, number) < (?1, ?2) "
                     "ORDER BY fired DESC, number DESC LIMIT ?3",
                     kReading),
      one_(database, "SELECT data FROM alerts WHERE alert = ?1", kReading),
      steps_(database, "SELECT step, time FROM alert_steps WHERE alert = ?1 ORDER BY sequence", kReading) {}

Result<ports::AlertPage> AlertStore::alerts(std::string_view state, std::string_view next, std::size_t limit) {
  const auto from = parse_position(next);
  if (!from) {
    return fail(Error::Kind::invalid, "next is not a value that a page of alerts gave; begin again without it");
  }
  const std::lock_guard guard(mutex_);
  const auto snapshot = ReadTransaction::begin(database_);
  if (!snapshot) return tl::unexpected(snapshot.error());
  const std::size_t size = std::clamp<std::size_t>(limit, 1, kGreatestPage);
  std::vector<PageRow> rows;
  const auto collect = [&](const Row& row) {
    rows.push_back(page_row(row));
    return true;
  };
  const auto one_more = static_cast<std::int64_t>(size + 1);  // shows whether there is a next page
  const auto read = state.empty() ? page_.each(collect, from->fired, from->number, one_more)
                                  : page_of_state_.each(collect, from->fired, from->number, one_more, state);
  if (!read) return tl::unexpected(read.error());

  ports::AlertPage page;
  if (rows.size() > size) {
    rows.pop_back();
    page.next = fmt::format("{}-{}", rows.back().position.fired, rows.back().position.number);
  }
  for (PageRow& row : rows) {
    auto steps = steps_of(row.alert);
    if (!steps) return tl::unexpected(steps.error());
    page.alerts.push_back({std::move(row.data), city_of(row.alert), std::move(*steps)});
  }
  return page;
}

Result<std::optional<ports::StoredAlert>> AlertStore::alert(std::string_view id) {
  const std::lock_guard guard(mutex_);
  const auto snapshot = ReadTransaction::begin(database_);
  if (!snapshot) return tl::unexpected(snapshot.error());
  std::optional<ports::StoredAlert> found;
  const auto read = one_.each(
      [&](const Row& row) {
        found = ports::StoredAlert{std::string(row.text(0)), city_of(id), {}};
        return false;
      },
      id);
  if (!read) return tl::unexpected(read.error());
  if (!found) return found;
  return steps_of(id).map([&](std::vector<ports::AlertStepTime> steps) {
    found->steps = std::move(steps);
    return std::move(found);
  });
}

Result<std::vector<ports::AlertStepTime>> AlertStore::steps_of(std::string_view alert) {
  std::vector<ports::AlertStepTime> steps;
  return steps_
      .each(
          [&](const Row& row) {
            steps.push_back({std::string(row.text(0)), TimePoint(Duration(row.integer(1)))});
            return true;
          },
          alert)
      .map([&] { return std::move(steps); });
}

}  // namespace kentongan::sqlite
