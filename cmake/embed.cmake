# Puts text files into a program: baken_embed(target symbol FILE…) defines, in namespace embedded,
# `std::span<const file> symbol()`, each with its name and text; declared in build/embedded/<symbol>.hpp.
# A changed file is a changed source: the generated unit is written anew when CMake runs, and CMake runs anew.
function(baken_embed target symbol)
  set(dir ${CMAKE_BINARY_DIR}/embedded)
  set(rows "")
  foreach(path ${ARGN})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(READ ${path} text)
    get_filename_component(leaf ${path} NAME)
    string(APPEND rows "    {\"${leaf}\", R\"~~baken~~(${text})~~baken~~\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${dir}/${symbol}.hpp CONTENT
"// Made by cmake/embed.cmake.
#pragma once
#include <span>
#include <string_view>
namespace embedded {
#ifndef BAKEN_EMBEDDED_FILE
#define BAKEN_EMBEDDED_FILE
struct file {
    std::string_view name, text;
};
#endif
std::span<const file> ${symbol}();
}  // namespace embedded
" @ONLY)
  file(WRITE ${dir}/${symbol}.cpp.new
"// Made by cmake/embed.cmake.
#include \"${symbol}.hpp\"
namespace embedded {
static constexpr file files[] = {
${rows}};
std::span<const file> ${symbol}() { return files; }
}  // namespace embedded
")
  file(COPY_FILE ${dir}/${symbol}.cpp.new ${dir}/${symbol}.cpp ONLY_IF_DIFFERENT)
  # -Woverlength-strings is about compilers that stop at 64 KiB; ours does not.
  set_source_files_properties(${dir}/${symbol}.cpp PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
  target_sources(${target} PRIVATE ${dir}/${symbol}.cpp)
  target_include_directories(${target} PRIVATE ${dir})
endfunction()
