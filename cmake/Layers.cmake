# SPDX-License-Identifier: Apache-2.0
# One library per folder of src/. A folder's headers are visible only to those who link its library:
# each library gets an include root of its own that holds nothing but a link to its folder, so that
# a forbidden include does not build.
#
#   kentongan_layer(rules SOURCES a.cpp b.cpp PUBLIC kentongan_domain PRIVATE yaml-cpp)
function(kentongan_layer folder)
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  string(REPLACE "/" "_" name ${folder})
  if(ARG_NAME)
    set(name ${ARG_NAME})
  endif()
  set(root ${CMAKE_BINARY_DIR}/layers/${name})
  cmake_path(GET folder PARENT_PATH parent)
  file(MAKE_DIRECTORY ${root}/${parent})
  file(CREATE_LINK ${CMAKE_SOURCE_DIR}/src/${folder} ${root}/${folder} SYMBOLIC)
  if(ARG_SOURCES)
    add_library(kentongan_${name} STATIC ${ARG_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(kentongan_${name} PUBLIC ${ARG_PUBLIC} PRIVATE kentongan_flags ${ARG_PRIVATE})
  else()
    add_library(kentongan_${name} INTERFACE)
    set(scope INTERFACE)
    target_link_libraries(kentongan_${name} INTERFACE ${ARG_PUBLIC})
  endif()
  target_include_directories(kentongan_${name} ${scope} ${root})
endfunction()

# A GoogleTest binary with the flags of the project; its tests are found by ctest.
#   kentongan_test(codec_tests SOURCES a_test.cpp LINK kentongan_codec)
function(kentongan_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE kentongan_flags ${ARG_LINK} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE
    KENTONGAN_SOURCE_DIR="${CMAKE_SOURCE_DIR}" KENTONGAN_BINARY="$<TARGET_FILE:kentongan>")
  add_dependencies(${name} kentongan)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()

# A libFuzzer binary; built only with KENTONGAN_FUZZ (clang).
function(kentongan_fuzzer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  if(NOT KENTONGAN_FUZZ)
    return()
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE kentongan_flags ${ARG_LINK})
  target_compile_definitions(${name} PRIVATE KENTONGAN_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endfunction()
