# Every room, and what it may read. Order is the layering of docs/architecture.md, lowest first.
baken_room(process DIRS base/process)
baken_room(text DIRS base/text)
baken_room(municipalities DIRS base/municipalities)
baken_embed(municipalities went_up_municipalities ${CMAKE_SOURCE_DIR}/schema/places/opgegaan.tsv)
baken_room(settings DIRS base/settings LINKS text PkgConfig::fmt)
baken_room(async DIRS base/async)
target_link_libraries(async PUBLIC Threads::Threads)
# What Asio allocates (every coroutine's frame, and what reporters type passes through those) comes from our operator new
# and goes through the operator delete that wipes; and none of it is kept for the next, smaller one to sit in.
target_compile_definitions(async PUBLIC BOOST_ASIO_DISABLE_STD_ALIGNED_ALLOC BOOST_ASIO_DISABLE_BOOST_ALIGN
  BOOST_ASIO_DISABLE_SMALL_BLOCK_RECYCLING BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE=0)
baken_room(watch DIRS base/watch LINKS PkgConfig::fmt)

baken_room(crypto DIRS crypto LINKS text PkgConfig::sodium)
baken_room(protocol DIRS crypto/protocol LINKS text crypto PkgConfig::fmt)

baken_room(http DIRS server/http LINKS text)
baken_room(html DIRS server/html LINKS text)
baken_room(lang DIRS server/lang LINKS text baken_boost_locale PkgConfig::icu PkgConfig::fmt)
baken_room(net DIRS server/net LINKS http async watch OpenSSL::SSL PkgConfig::fmt)

baken_room(domain_files DIRS server/domain_files LINKS text process protocol crypto PkgConfig::fmt)
baken_room(places DIRS server/places LINKS text domain_files protocol crypto PkgConfig::fmt)
baken_room(guide DIRS server/guide LINKS text settings domain_files places protocol crypto PkgConfig::fmt)
baken_room(store DIRS server/store server/store/sql server/store/sqlite server/store/postgres
           LINKS crypto async watch PkgConfig::sqlite PkgConfig::pq OpenSSL::Crypto PkgConfig::fmt)
foreach(engine sqlite postgres)
  file(GLOB migrations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/schema/migrations/${engine}/*.sql)
  baken_embed(store ${engine}_migrations ${migrations})
endforeach()
baken_room(admission DIRS server/admission LINKS crypto watch)
baken_room(trust DIRS server/trust LINKS store protocol crypto async watch PkgConfig::fmt)
baken_room(intake DIRS server/intake LINKS guide places domain_files store trust protocol crypto async PkgConfig::fmt)
baken_room(inbox DIRS server/inbox LINKS store trust guide places domain_files protocol crypto async PkgConfig::fmt)
baken_room(api DIRS server/api LINKS municipalities http lang admission intake inbox guide places domain_files trust store protocol crypto async watch PkgConfig::fmt)
baken_embed(api openapi ${CMAKE_SOURCE_DIR}/schema/openapi.json)

baken_room(pages DIRS server/pages LINKS text http html lang admission intake guide places domain_files trust store protocol crypto async watch
           PkgConfig::zlib PkgConfig::brotli)
file(GLOB templates CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/static/templates/*.html)
baken_embed_built(pages page_templates ${templates})
baken_catalogues(pages)
baken_styles(pages)

baken_room(jobs DIRS server/jobs LINKS settings inbox guide places domain_files trust store protocol crypto async watch PkgConfig::fmt)
baken_room(config DIRS server/config LINKS text process settings protocol crypto PkgConfig::fmt)

baken_room(client DIRS client/line client/here LINKS text process settings protocol crypto PkgConfig::curl PkgConfig::icu PkgConfig::fmt)
baken_room(desk DIRS client client/report client/desk client/lead LINKS text municipalities client protocol crypto PkgConfig::fmt)
baken_embed(client shipped_codes ${CMAKE_SOURCE_DIR}/schema/codes.json)
set_source_files_properties(client/arguments.cpp PROPERTIES COMPILE_DEFINITIONS BAKEN_VERSION="${PROJECT_VERSION}")
baken_room(admin DIRS server/admin server/admin/install server/admin/directory server/admin/backup server/admin/guide server/admin/trail
           LINKS text process config jobs store trust guide places domain_files client protocol crypto async watch OpenSSL::SSL PkgConfig::fmt)

# The programs, each with one unit that knows CLI11 (its main; of baken client/arguments.cpp) and with the operator delete
# that wipes. bakend's app puts the rooms together.
function(baken_program name)
  add_executable(${name} ${ARGN} base/process/wiping_new.cpp)
  target_compile_definitions(${name} PRIVATE BAKEN_VERSION="${PROJECT_VERSION}")
endfunction()
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/app/server)
foreach(part app configured guides inspection stored)
  file(CREATE_LINK ${CMAKE_SOURCE_DIR}/server/${part}.hpp ${CMAKE_BINARY_DIR}/app/server/${part}.hpp SYMBOLIC)
endforeach()
baken_program(bakend server/main.cpp server/app.cpp server/configured.cpp server/guides.cpp server/inspection.cpp
              server/reload.cpp server/stored.cpp)
target_include_directories(bakend PRIVATE ${CMAKE_BINARY_DIR}/app)
target_link_libraries(bakend PRIVATE process text api pages jobs admission lang config net http html inbox intake guide places domain_files trust store protocol crypto async watch
                      PkgConfig::fmt baken_flags)
baken_program(baken client/main.cpp)
target_link_libraries(baken PRIVATE process desk client protocol crypto PkgConfig::fmt baken_flags)
baken_program(baken-admin server/admin/main.cpp)
target_link_libraries(baken-admin PRIVATE process admin config jobs store trust guide places domain_files client protocol crypto async watch PkgConfig::fmt baken_flags)
