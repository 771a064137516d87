// SPDX-License-Identifier: Apache-2.0
// For the test of the schemas: judges the events on stdin, one a line, by the decoder, and prints for each
// `ok`, or reason and pointer. With --outputs it prints sample outputs of the writer instead.

#include <cstdio>
#include <iostream>
#include <string>

#include "codec/decoder.hpp"
#include "codec/writer.hpp"
#include "sample_outputs.hpp"
#include "small_reference.hpp"

using namespace kentongan;

int main(int argc, char** argv) {
  const auto reference = codec::small_reference();
  if (argc > 1 && std::string(argv[1]) == "--outputs") {
    for (const Output& output : codec::sample_outputs(*reference)) {
      std::string line;
      codec::write_output(line, output, *reference);
      std::cout << line << '\n';
    }
    return 0;
  }
  codec::Decoder decoder(reference);
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto event = decoder.decode(line);
    if (event) {
      std::cout << "ok\n";
    } else {
      std::cout << name_of(event.error().reason) << ' ' << event.error().pointer << '\n';
    }
  }
  return 0;
}
