# The catalogues of the pages' languages: made whole by static/locale/build.py, or not at all, and put into a program.

# Debian's own Python: scripts of the build use nothing but its standard library, and write nothing beside themselves.
set(BAKEN_PYTHON /usr/bin/python3 -B)
find_program(BAKEN_MSGFMT msgfmt REQUIRED)
find_program(BAKEN_XGETTEXT xgettext REQUIRED)

# Boost.Locale must be of the Boost whose headers are read: Debian has two, and find_package takes the older.
find_library(BAKEN_BOOST_LOCALE NAMES libboost_locale.so REQUIRED)
file(REAL_PATH ${BAKEN_BOOST_LOCALE} boost_locale_file)
if(NOT boost_locale_file MATCHES "1\\.81\\.[0-9]+$")
  message(FATAL_ERROR "${boost_locale_file} is not Boost 1.81: install libboost-locale1.81-dev")
endif()
add_library(baken_boost_locale INTERFACE)
target_link_libraries(baken_boost_locale INTERFACE ${BAKEN_BOOST_LOCALE})

# Files of any bytes that the build itself makes, as baken_embed puts text files into a program:
# baken_embed_built(target symbol FILE…), declared in build/embedded/<symbol>.hpp.
function(baken_embed_built target symbol)
  set(unit ${CMAKE_BINARY_DIR}/embedded/${symbol})
  set(script ${CMAKE_SOURCE_DIR}/cmake/embed_bytes.py)
  add_custom_command(OUTPUT ${unit}.cpp ${unit}.hpp
    COMMAND ${BAKEN_PYTHON} ${script} ${unit}.cpp ${unit}.hpp ${symbol} ${ARGN}
    DEPENDS ${script} ${ARGN} VERBATIM)
  set_source_files_properties(${unit}.cpp PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
  target_sources(${target} PRIVATE ${unit}.cpp ${unit}.hpp)
  target_include_directories(${target} PRIVATE ${CMAKE_BINARY_DIR}/embedded)
endfunction()

# The order in which languages are offered, by how many need them. One that is not named comes after these.
set(BAKEN_LANGUAGES nl en pl ro bg es hu uk fr vi ar ti pt-BR zh-Hans sq tr ru fa pap)

# baken_catalogues(target): every language there is a static/locale/<code>.po of, in that order, and the pseudo-language
# (qps) at the end, embedded as `catalogues`, each named "<code>.mo".
function(baken_catalogues target)
  set(locale ${CMAKE_SOURCE_DIR}/static/locale)
  set(dir ${CMAKE_BINARY_DIR}/static/locale)
  file(GLOB translated CONFIGURE_DEPENDS ${locale}/*.po)
  file(GLOB scripts CONFIGURE_DEPENDS ${locale}/*.py)
  file(GLOB_RECURSE templates CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/static/templates/*.html)
  set(sources)
  foreach(room server/guide server/pages server/lang)  # as extract.py has them
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${room}/*.cpp ${CMAKE_SOURCE_DIR}/${room}/*.hpp)
    list(APPEND sources ${found})
  endforeach()
  file(GLOB guide CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/schema/wegwijzer/*.toml)
  set(codes ${BAKEN_LANGUAGES})
  foreach(catalogue ${translated})
    get_filename_component(code ${catalogue} NAME_WLE)
    list(APPEND codes ${code})
  endforeach()
  list(REMOVE_DUPLICATES codes)
  set(made)
  foreach(code ${codes})
    if(EXISTS ${locale}/${code}.po)
      list(APPEND made ${dir}/${code}.mo)
    endif()
  endforeach()
  list(APPEND made ${dir}/qps.mo)
  add_custom_command(OUTPUT ${made}
    COMMAND ${BAKEN_PYTHON} ${locale}/build.py ${CMAKE_SOURCE_DIR} ${dir}
    DEPENDS ${translated} ${scripts} ${locale}/baken.pot ${locale}/contexts.toml ${templates} ${sources} ${guide}
    COMMENT "Catalogues of the languages" VERBATIM)
  baken_embed_built(${target} catalogues ${made})
endfunction()
