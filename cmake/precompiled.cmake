# What most units read first is parsed once a tree, which halves the time a small unit takes:
#
#   baken_precompiled(base POSITION -fPIC HEADERS <string> …)      what it is made of
#   baken_use_precompiled(room base SOURCE…)                  the target's units begin with it
#
# Own headers are never in it, so an include that the layering forbids still does not compile; which library a room may
# read is judged by its text (tests/rooms.py).
#
# ccache goes by the checksum beside it, that of its text: the file itself differs from clone to clone (deploy/build).
function(baken_precompiled name)
  cmake_parse_arguments(PRECOMPILED "" "POSITION" "HEADERS;LINKS" ${ARGN})
  set(stem ${CMAKE_BINARY_DIR}/precompiled/${name})
  list(TRANSFORM PRECOMPILED_HEADERS REPLACE "(.+)" "#include <\\1>\n" OUTPUT_VARIABLE text)
  string(JOIN "" text ${text})
  file(CONFIGURE OUTPUT ${stem}.hpp CONTENT "${text}")
  string(TOUPPER "${CMAKE_BUILD_TYPE}" config)
  separate_arguments(flags UNIX_COMMAND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${config}}")
  get_directory_property(options COMPILE_OPTIONS)
  list(APPEND flags -std=c++23 ${PRECOMPILED_POSITION} ${options} $<TARGET_PROPERTY:baken_flags,INTERFACE_COMPILE_OPTIONS>)
  foreach(target baken_flags ${PRECOMPILED_LINKS})
    list(APPEND flags -D$<JOIN:$<FILTER:$<TARGET_PROPERTY:${target},INTERFACE_COMPILE_DEFINITIONS>,EXCLUDE,^$>,$<SEMICOLON>-D>)
  endforeach()
  add_custom_command(OUTPUT ${stem}.pch
    COMMAND ${CMAKE_CXX_COMPILER} ${flags} -fpch-instantiate-templates -Xclang -fno-pch-timestamp -MD -MF ${stem}.d -MT ${stem}.pch
            -x c++-header ${stem}.hpp -o ${stem}.pch
    COMMAND sh -c "\"$0\" \"$@\" | sha256sum > ${stem}.pch.sum" ${CMAKE_CXX_COMPILER} ${flags} -E -P -x c++-header ${stem}.hpp
    DEPENDS ${stem}.hpp DEPFILE ${stem}.d COMMAND_EXPAND_LISTS VERBATIM COMMENT "Precompiling ${name}")
  add_custom_target(precompiled_${name} DEPENDS ${stem}.pch)
endfunction()

function(baken_use_precompiled target name)
  set(file ${CMAKE_BINARY_DIR}/precompiled/${name}.pch)
  target_compile_options(${target} PRIVATE "SHELL:-include-pch ${file}")
  set_property(SOURCE ${ARGN} APPEND PROPERTY OBJECT_DEPENDS ${file})
  add_dependencies(${target} precompiled_${name})
endfunction()

set(base_headers algorithm array chrono cstdint deque expected filesystem functional map memory mutex optional set span
    string string_view utility variant vector fmt/format.h boost/json/array.hpp boost/json/object.hpp boost/json/value.hpp)
baken_precompiled(base POSITION -fPIC HEADERS ${base_headers})
baken_precompiled(coroutine POSITION -fPIC HEADERS ${base_headers} boost/asio/awaitable.hpp LINKS async)
baken_precompiled(base_test POSITION -fPIE HEADERS ${base_headers} catch2/catch.hpp)
baken_precompiled(coroutine_test POSITION -fPIE HEADERS ${base_headers} boost/asio/awaitable.hpp catch2/catch.hpp LINKS async)
