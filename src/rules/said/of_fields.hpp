// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "rules/said/entry.hpp"

namespace kentongan::said {

/// The fields of events, as hover in editors tells of them.
// clang-format off
inline constexpr std::array kOfFields{
    Entry{"Kelurahan of the report", "Kelurahan tempat laporan"},
    Entry{"RW (neighbourhood unit)", "RW"},
    Entry{"Polling station, three digits", "TPS, tiga angka"},
    Entry{"Site of the reference data", "Lokasi dari data rujukan"},
    Entry{"Kind of the report's known site", "Jenis lokasi laporan yang dikenal"},
    Entry{"Name of the report's known site", "Nama lokasi laporan yang dikenal"},
    Entry{"Incident, information or recommendation", "Kejadian, informasi atau rekomendasi"},
    Entry{"Threat, challenge, hindrance or disturbance", "Ancaman, tantangan, hambatan atau gangguan"},
    Entry{"Category of the taxonomy", "Kategori"},
    Entry{"Severity, 1 to 5", "Tingkat keparahan, 1 sampai 5"},
    Entry{"Reliability of the source, A to F", "Keandalan sumber, A sampai F"},
    Entry{"Credibility of the content, 1 to 6", "Kredibilitas isi, 1 sampai 6"},
    Entry{"Pseudonym of the reporter", "Nama samaran pelapor"},
    Entry{"Role of the reporter", "Peran pelapor"},
    Entry{"Pseudonym of the reporter's household", "Nama samaran rumah tangga pelapor"},
    Entry{"Size of the crowd", "Jumlah massa"},
    Entry{"Latitude, degrees", "Lintang, derajat"},
    Entry{"Longitude, degrees", "Bujur, derajat"},
    Entry{"Unverified, verified or refuted", "Belum diperiksa, terbukti atau dibantah"},
    Entry{"Id of the report that this one corrects", "Id laporan yang dikoreksi"},
    Entry{"Source of the report that this one corrects", "Sumber laporan yang dikoreksi"},
    Entry{"Free text", "Teks bebas"},
    Entry{"Recommendation of the reporter", "Rekomendasi pelapor"},
    Entry{"Id of the campaign entry", "Id jadwal kampanye"},
    Entry{"Planned, changed or cancelled", "Direncanakan, diubah atau dibatalkan"},
    Entry{"Party, compared only with other parties in clash rules", "Partai, hanya dibandingkan dengan partai lain di aturan `clash`"},
    Entry{"How the campaign takes place", "Bentuk kampanye"},
    Entry{"Kelurahan and kecamatan it touches", "Kelurahan dan kecamatan yang dilalui"},
    Entry{"Venue", "Tempat"},
    Entry{"Radius around the location, metres", "Radius di sekitar lokasi, meter"},
    Entry{"Start", "Mulai"},
    Entry{"End", "Selesai"},
    Entry{"Expected crowd", "Perkiraan massa"},
    Entry{"Number of the notice to the police (STTP)", "Nomor STTP"},
    Entry{"Date of the notice to the police", "Tanggal STTP"},
    Entry{"Id of the consignment", "Id kiriman"},
    Entry{"Place where the step took place", "Wilayah tempat langkah itu terjadi"},
    Entry{"Kind of goods", "Jenis barang"},
    Entry{"Quantity", "Jumlah"},
    Entry{"Seals expected", "Segel yang seharusnya ada"},
    Entry{"Seals found intact", "Segel yang utuh"},
    Entry{"Sender", "Pengirim"},
    Entry{"Receiver", "Penerima"},
    Entry{"Step in the chain of custody", "Langkah dalam rantai pengawalan"},
    Entry{"When it is due", "Batas waktu tiba"},
    Entry{"Kelurahan", "Kelurahan"},
    Entry{"Police officers present", "Polisi yang hadir"},
    Entry{"Linmas members present", "Anggota Linmas yang hadir"},
    Entry{"KPPS members present", "Anggota KPPS yang hadir"},
    Entry{"Witnesses present", "Saksi yang hadir"},
    Entry{"Whether there is power", "Apakah ada listrik"},
    Entry{"Whether there is a network", "Apakah ada jaringan"},
    Entry{"Registered voters", "Pemilih terdaftar"},
    Entry{"Eligible voters", "Warga yang berhak memilih"},
    Entry{"Eligible voters without an identity card", "Warga berhak memilih yang belum punya KTP"},
    Entry{"Id of the alert", "Id peringatan"},
    Entry{"What the officer did", "Tindakan petugas"},
    Entry{"Pseudonym of the officer", "Nama samaran petugas"},
    Entry{"Role of the officer", "Peran petugas"},
    Entry{"To whom it is assigned", "Ditugaskan kepada siapa"},
    Entry{"End of a snooze", "Akhir penundaan"},
    Entry{"Note", "Catatan"},
};
// clang-format on

}  // namespace kentongan::said
