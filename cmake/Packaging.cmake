# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` puts where, and the Debian package that `cpack -G DEB` makes of it (deploy/release runs it).
set(debian ${CMAKE_SOURCE_DIR}/deploy/debian)
set(pages ${CMAKE_BINARY_DIR}/pages)

install(TARGETS kentongan RUNTIME DESTINATION bin)
install(DIRECTORY rules/ DESTINATION share/kentongan/rules)

# Manual pages and completions are what the program says of itself.
install(CODE "
  execute_process(COMMAND ${CMAKE_SOURCE_DIR}/deploy/debian/make-pages $<TARGET_FILE:kentongan> ${pages}
                  COMMAND_ERROR_IS_FATAL ANY)")
install(DIRECTORY ${pages}/man1 DESTINATION share/man)
install(FILES ${pages}/bash/kentongan DESTINATION share/bash-completion/completions)
install(FILES ${pages}/zsh/_kentongan DESTINATION share/zsh/vendor-completions)
install(FILES ${pages}/fish/kentongan.fish DESTINATION share/fish/vendor_completions.d)

# Only in the package: it has places of its own for these.
set(KENTONGAN_MAINTAINER "Kentongan contributors <kentongan@localhost>" CACHE STRING "Maintainer of the Debian package")
set(KENTONGAN_DEB_VERSION ${PROJECT_VERSION} CACHE STRING "Version of the Debian package")
execute_process(COMMAND git log -1 --format=%ct WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
                OUTPUT_VARIABLE epoch OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT epoch)
  set(epoch 0)
endif()
execute_process(COMMAND date -u -R -d @${epoch} OUTPUT_VARIABLE KENTONGAN_DEB_DATE OUTPUT_STRIP_TRAILING_WHITESPACE)
configure_file(${debian}/changelog.in ${CMAKE_BINARY_DIR}/debian/changelog @ONLY)
install(CODE "
  execute_process(COMMAND gzip -9nkf ${CMAKE_BINARY_DIR}/debian/changelog COMMAND_ERROR_IS_FATAL ANY)" COMPONENT package
  EXCLUDE_FROM_ALL)
install(FILES ${CMAKE_BINARY_DIR}/debian/changelog.gz DESTINATION share/doc/kentongan COMPONENT package EXCLUDE_FROM_ALL)
install(FILES ${debian}/copyright DESTINATION share/doc/kentongan COMPONENT package EXCLUDE_FROM_ALL)
install(FILES ${debian}/kentongan.service DESTINATION lib/systemd/system COMPONENT package EXCLUDE_FROM_ALL)
install(FILES ${debian}/sysusers.conf DESTINATION lib/sysusers.d RENAME kentongan.conf COMPONENT package EXCLUDE_FROM_ALL)
install(FILES ${debian}/tmpfiles.conf DESTINATION lib/tmpfiles.d RENAME kentongan.conf COMPONENT package EXCLUDE_FROM_ALL)
install(FILES ${debian}/lintian-overrides DESTINATION share/lintian/overrides RENAME kentongan COMPONENT package
  EXCLUDE_FROM_ALL)
install(FILES ${debian}/kentongan.yaml DESTINATION /etc/kentongan COMPONENT package EXCLUDE_FROM_ALL)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME kentongan)
set(CPACK_PACKAGE_VERSION ${KENTONGAN_DEB_VERSION})
set(CPACK_PACKAGE_CONTACT ${KENTONGAN_MAINTAINER})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "early warning from reports of the neighbourhoods")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Reports come in from the field over HTTP or Apache Kafka; rules in YAML
score the risk of each kelurahan and recognise patterns; alerts say what,
where, why and what to do.
.
This package brings the program, a rule pack with the reference data of
Kota Malang, and a service that keeps all it knows in one file.")
set(CPACK_COMPONENTS_ALL Unspecified package)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "systemd | systemd-standalone-sysusers, init-system-helpers (>= 1.52), tzdata")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "prometheus, curl, jq")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION TRUE)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${debian}/postinst ${debian}/prerm ${debian}/postrm ${debian}/conffiles)
include(CPack)
