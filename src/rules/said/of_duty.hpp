// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "rules/said/entry.hpp"

namespace kentongan::said {

/// Who is on duty: roster.yaml, and roster and rules together.
// clang-format off
inline constexpr std::array kOfDuty{
    Entry{"`fallback`", "`fallback`"},
    Entry{"`families`", "`families`"},
    Entry{"a rule of a family", "aturan dalam kelompok"},
    Entry{"the time ends where it begins", "jam selesainya sama dengan jam mulainya"},
    Entry{"write \"00:00\" to \"24:00\" for a whole day", "tulis \"00:00\" sampai \"24:00\" untuk sehari penuh"},
    Entry{"a kind of day", "jenis hari"},
    Entry{"a language", "bahasa"},
    Entry{"a substitute", "pengganti"},
    Entry{"`{}` is not a day of the calendar", "`{}` bukan tanggal kalender"},
    Entry{"the substitute ends on {}, before it begins on {}", "masa pengganti berakhir {}, sebelum dimulai {}"},
    Entry{"both days belong to it; for one day write that day twice", "kedua hari itu termasuk; untuk satu hari tulis tanggalnya dua kali"},
    Entry{"two duty times of `{}` overlap", "dua waktu piket `{}` bertumpuk"},
    Entry{"a time counts once; correct one of them, or join them", "waktu dihitung sekali; perbaiki salah satunya, atau gabungkan"},
    Entry{"`{}` stands in for nobody else", "`{}` tidak menggantikan orang lain"},
    Entry{"name another person", "sebutkan petugas lain"},
    Entry{"nobody here has the id `{}`", "tidak ada petugas dengan id `{}` di sini"},
    Entry{"name the id of a person of this file", "sebutkan id petugas dari berkas ini"},
    Entry{"`{}` has no channel and cannot be told", "`{}` tidak punya saluran dan tidak dapat diberi tahu"},
    Entry{"add `channels`, such as [{type: telegram, to: \"..\"}]", "tambahkan `channels`, seperti [{type: telegram, to: \"..\"}]"},
    Entry{"`digest` is not behind the quiet hours, and has no effect", "`digest` tidak berada setelah jam tenang, jadi tidak berpengaruh"},
    Entry{"name a time at their end or later, or leave it out: then it comes at their end", "tulis jam selesainya atau sesudahnya, atau hapus: rangkuman datang saat jam tenang selesai"},
    Entry{"mon", "sen"},
    Entry{"tue", "sel"},
    Entry{"wed", "rab"},
    Entry{"thu", "kam"},
    Entry{"fri", "jum"},
    Entry{"sat", "sab"},
    Entry{"sun", "min"},
    Entry{"every day", "setiap hari"},
    Entry{"{}, on days that are `{}`", "{}, pada hari `{}`"},
    Entry{"{} ({}) and {} more kelurahan", "{} ({}) dan {} kelurahan lain"},
    Entry{"`{}` and {} more", "`{}` dan {} lainnya"},
    Entry{"nobody is on duty as `{}` in {}: {}", "tidak ada `{}` yang piket di {}: {}"},
    Entry{"{} tells this role, and then nobody hears of it; add a duty time, or a fallback in routing.yaml", "{} memberi tahu peran ini, dan saat itu tidak seorang pun mendengarnya; tambahkan waktu piket, atau `fallback` di routing.yaml"},
    Entry{"{} tells this role; the fallback of routing.yaml is told instead, or add a duty time", "{} memberi tahu peran ini; sebagai gantinya `fallback` di routing.yaml yang diberi tahu, atau tambahkan waktu piket"},
    Entry{"no rule and no route tells the role `{}`", "tidak ada aturan atau rute yang memberi tahu peran `{}`"},
    Entry{"name it in routing.yaml, or leave it out", "sebutkan di routing.yaml, atau hapus"},
};
// clang-format on

}  // namespace kentongan::said
