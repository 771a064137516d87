// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/sqlite_error.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <array>

namespace kentongan::sqlite {
namespace {

struct Advice {
  int code;  ///< primary result code
  std::string_view what;
  std::string_view remedy;
};

constexpr std::array kAdvice{
    Advice{SQLITE_FULL, "no space is left on the disk",
           "free some space or enlarge the volume; nothing was stored in part, and the journal goes on by itself"},
    Advice{SQLITE_IOERR, "the disk reported an input/output error",
           "look into the kernel's log and at the health of the disk; nothing was stored in part"},
    Advice{SQLITE_BUSY, "another program keeps the database locked",
           "end it (a database shell or a copy in progress) and try again"},
    Advice{SQLITE_LOCKED, "another program keeps the database locked",
           "end it (a database shell or a copy in progress) and try again"},
    Advice{SQLITE_CORRUPT, "the database is damaged",
           "stop the service, keep the damaged file, and put back the latest backup"},
    Advice{SQLITE_NOTADB, "the file is not an SQLite database", "check journal.path, or put back the latest backup"},
    Advice{SQLITE_READONLY, "the database cannot be written to",
           "make the file and its folder writable for the user that runs Kentongan"},
    Advice{SQLITE_PERM, "access was denied",
           "make the file and its folder accessible for the user that runs Kentongan"},
    Advice{SQLITE_CANTOPEN, "a file of the database cannot be opened",
           "check that the folder exists and that the user that runs Kentongan may read and write there"},
    Advice{SQLITE_NOMEM, "memory is exhausted", "give the service more memory"},
    Advice{SQLITE_TOOBIG, "a value is too large for the database", "lower the greatest size of an event"},
    Advice{SQLITE_INTERRUPT, "the work was interrupted", "the service is stopping: send it again"},
};

}  // namespace

Error explain(int code, std::string_view detail, std::string_view path, std::string_view doing) {
  std::string_view what = "the database refused the work";
  std::string_view remedy = "this is a fault of Kentongan: report it with this message";
  for (const Advice& advice : kAdvice) {
    if (advice.code == (code & 0xff)) {
      what = advice.what;
      remedy = advice.remedy;
    }
  }
  if ((code & 0xff) == SQLITE_CONSTRAINT && detail.find("inputs.offset") != std::string_view::npos) {
    what = "another process writes the same journal";
    remedy = "stop all but one of the services that use it, and never remove its .lock file";
  }
  return Error{Error::Kind::failed,
               fmt::format("{}: {}: {} ({}, SQLite code {}); {}", path, doing, what, detail, code, remedy)};
}

}  // namespace kentongan::sqlite
