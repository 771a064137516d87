# SPDX-License-Identifier: Apache-2.0
# Warnings and hardening for every target of ours: the interface library `kentongan_flags`.
add_library(kentongan_flags INTERFACE)
target_compile_options(kentongan_flags INTERFACE
  -Wall -Wextra -Wformat=2 -Wconversion -Wimplicit-fallthrough -Werror=format-security)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees both where there is none, in std::variant and in the + of std::string.
  target_compile_options(kentongan_flags INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
endif()
if(KENTONGAN_WERROR)
  target_compile_options(kentongan_flags INTERFACE -Werror)
endif()

if(KENTONGAN_SANITIZE)
  target_compile_options(kentongan_flags INTERFACE
    -fsanitize=${KENTONGAN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(kentongan_flags INTERFACE -fsanitize=${KENTONGAN_SANITIZE})
else()
  target_compile_options(kentongan_flags INTERFACE
    -fstack-clash-protection -fstack-protector-strong -fcf-protection=full -ftrivial-auto-var-init=zero
    -D_GLIBCXX_ASSERTIONS $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3>)
  target_link_options(kentongan_flags INTERFACE
    $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie> -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
