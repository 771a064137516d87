// SPDX-License-Identifier: Apache-2.0
// Decodes each line of a file once and does nothing else, so that the instructions of decoding can be counted.
#include <cstdio>
#include <fstream>
#include <string>

#include "codec/decoder.hpp"
#include "rules/reference_loader.hpp"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: decode_file REFERENCE FILE\n");
    return 2;
  }
  const auto loaded = kentongan::rules::load_reference(argv[1]);
  std::ifstream file(argv[2]);
  if (loaded.reference == nullptr || !file) {
    std::fprintf(stderr, "decode_file: %s cannot be read\n", file ? argv[1] : argv[2]);
    return 3;
  }
  kentongan::codec::Decoder decoder(loaded.reference);
  std::size_t decoded = 0, refused = 0;
  for (std::string line; std::getline(file, line);) ++(decoder.decode(line) ? decoded : refused);
  std::printf("%zu decoded, %zu refused\n", decoded, refused);
  return 0;
}
