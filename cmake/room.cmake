# A room is one directory, or a few that belong together, and one static library. Its headers are linked, one by one, into
# a tree of its own (build/rooms/<name>/), which only those rooms see that link it; all includes are spelled from the root
# of the repository ("crypto/plain.hpp"). So an include that the layering forbids does not compile.
#
#   baken_room(store DIRS server/store server/store/sql LINKS crypto async)
#
# LINKS are PRIVATE: a room names every room whose headers it reads, also those it reads by way of another header.
function(baken_room name)
  cmake_parse_arguments(ROOM "" "" "DIRS;LINKS" ${ARGN})
  set(tree ${CMAKE_BINARY_DIR}/rooms/${name})
  file(REMOVE_RECURSE ${tree})
  set(sources)
  foreach(place ${ROOM_DIRS})
    file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${place}/*.hpp)
    file(GLOB found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${place}/*.cpp)
    list(FILTER found EXCLUDE REGEX "/(main|wiping_new)\\.cpp$")  # parts of programs, not of a room
    list(APPEND sources ${found})
    file(MAKE_DIRECTORY ${tree}/${place})
    foreach(header ${headers})
      get_filename_component(leaf ${header} NAME)
      file(CREATE_LINK ${header} ${tree}/${place}/${leaf} SYMBOLIC)
    endforeach()
  endforeach()
  if(sources)
    add_library(${name} STATIC ${sources})
    target_include_directories(${name} PUBLIC ${tree})
    target_link_libraries(${name} PRIVATE ${ROOM_LINKS} baken_flags)
    if("async" IN_LIST ROOM_LINKS)
      baken_use_precompiled(${name} coroutine ${sources})
    elseif("PkgConfig::fmt" IN_LIST ROOM_LINKS)
      baken_use_precompiled(${name} base ${sources})
    endif()
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${tree})
    target_link_libraries(${name} INTERFACE ${ROOM_LINKS})
  endif()
endfunction()
