# The flags every unit of ours is compiled and linked with.
add_library(baken_flags INTERFACE)
target_compile_options(baken_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Werror
  -fno-omit-frame-pointer -fstack-protector-strong -fcf-protection)
target_link_options(baken_flags INTERFACE -fuse-ld=lld -Wl,-z,relro,-z,now)
target_compile_definitions(baken_flags INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_VISIBILITY
  BOOST_BEAST_SEPARATE_COMPILATION)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(BAKEN_SANITIZE)
  add_compile_options(-fsanitize=${BAKEN_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${BAKEN_SANITIZE})
  if(BAKEN_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
  endif()
else()
  target_compile_definitions(baken_flags INTERFACE $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
endif()
if(BAKEN_COVERAGE)
  add_compile_options(-fprofile-instr-generate -fcoverage-mapping)
  add_link_options(-fprofile-instr-generate)
endif()
