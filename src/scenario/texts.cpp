// SPDX-License-Identifier: Apache-2.0
#include "scenario/texts.hpp"

#include <array>

namespace kentongan::scenario {
namespace {

struct Sentences {
  std::string_view category;
  std::array<std::string_view, 3> texts;
};

constexpr std::array kSentences{
    Sentences{"election_fraud",
              {"Surat suara ditemukan sudah tercoblos", "Formulir hasil tidak ditempel di TPS",
               "Daftar hadir pemilih tidak cocok dengan surat suara"}},
    Sentences{"vote_buying",
              {"Amplop dibagikan dari rumah ke rumah", "Sembako dibagikan dengan pesan memilih",
               "Warga ditawari uang untuk suaranya"}},
    Sentences{"intimidation",
              {"Warga diminta menyerahkan undangan memilih", "Warga diancam bila datang ke TPS",
               "Sekelompok orang mendatangi rumah warga pada malam hari"}},
    Sentences{"provocation",
              {"Adu mulut pendukung di warung, sudah dilerai", "Ajakan membalas beredar di grup warga",
               "Konvoi motor berputar sambil menantang warga"}},
    Sentences{"hate_speech",
              {"Selebaran yang menghina kelompok warga ditempel", "Coretan kebencian di tembok gang",
               "Ujaran kebencian lewat pengeras suara"}},
    Sentences{"hoax",
              {"Kabar TPS dipindah beredar, belum benar", "Pesan berantai tentang surat suara palsu",
               "Kabar bohong tentang keributan di pasar"}},
    Sentences{"asn_neutrality",
              {"Pegawai kantor hadir di acara kampanye", "Ajakan memilih di grup pegawai",
               "Kendaraan dinas terlihat di lokasi kampanye"}},
    Sentences{"organiser_neutrality",
              {"Anggota KPPS ikut membagikan bahan kampanye", "Petugas pemungutan suara terlihat bersama tim kampanye",
               "Petugas mengarahkan pilihan warga"}},
    Sentences{"campaign_violation",
              {"Bahan kampanye dibagikan di sekolah", "Kampanye di tempat ibadah",
               "Alat peraga dipasang di halaman kantor pemerintah"}},
    Sentences{"quiet_period_violation",
              {"Alat peraga belum diturunkan", "Selebaran dibagikan pada masa tenang",
               "Kampanye lewat pengeras suara pada masa tenang"}},
    Sentences{"apk_damage",
              {"Spanduk sobek di pinggir jalan", "Baliho dirobohkan pada malam hari", "Alat peraga dicat"}},
    Sentences{"mass_clash",
              {"Dua kelompok saling lempar batu", "Bentrokan di perempatan, ada yang luka",
               "Massa bertahan dan belum bubar"}},
    Sentences{"crowd_gathering",
              {"Warga berkumpul di balai RW, tertib", "Kerumunan di depan pos ronda", "Massa bertambah di lapangan"}},
    Sentences{"logistics",
              {"Kotak suara menunggu di kantor kelurahan", "Truk logistik lewat tanpa hambatan",
               "Bilik suara kurang satu, sudah dilaporkan"}},
    Sentences{"storage_site",
              {"Gembok pintu belakang gudang rusak", "Orang tidak dikenal berkeliling di gudang",
               "Air masuk ke ruang penyimpanan"}},
    Sentences{"tps_disturbance",
              {"Antrean didorong orang yang berteriak", "Saksi dan petugas bertengkar di TPS",
               "Sekelompok orang menghalangi pintu TPS"}},
    Sentences{"voter_rights",
              {"Warga belum menerima undangan memilih", "Pertanyaan tentang pindah memilih",
               "Pemilih lansia perlu dijemput"}},
    Sentences{"voter_identity",
              {"Beberapa warga belum merekam KTP", "KTP rusak, sudah diarahkan ke kecamatan",
               "Perekaman KTP di sekolah berjalan lancar"}},
    Sentences{
        "public_order",
        {"Situasi aman terkendali", "Parkir liar dekat posko, sudah ditertibkan", "Suara bising sampai larut malam"}},
    Sentences{"disaster",
              {"Genangan setelah hujan deras", "Pohon tumbang menutup separuh jalan", "Listrik padam satu jam"}},
};

}  // namespace

std::string_view sentence_about(std::string_view category, Random& random) {
  for (const Sentences& known : kSentences) {
    if (known.category == category) return random.pick(known.texts);
  }
  return {};
}

}  // namespace kentongan::scenario
