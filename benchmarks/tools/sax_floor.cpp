// SPDX-License-Identifier: Apache-2.0
// The floor of every replay: RapidJSON's SAX reader with default flags over the same bytes, a line at a time,
// its events thrown away. Prints the events and the CPU seconds of parsing.
#include <rapidjson/reader.h>

#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: sax_floor FILE\n");
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  for (char& c : text) {
    if (c == '\n') c = '\0';
  }
  rapidjson::Reader reader;
  rapidjson::BaseReaderHandler<> handler;
  std::size_t events = 0;
  const std::clock_t begin = std::clock();
  for (std::size_t at = 0; at < text.size(); ++events) {
    rapidjson::StringStream line(text.data() + at);
    if (!reader.Parse(line, handler)) return 1;
    at = text.find('\0', at) + 1;
  }
  std::printf("%zu %.3f\n", events, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  return 0;
}
