# What the pages load: the style sheet, from NL Design System packages of the npm registry at the exact versions of
# static/package-lock.json, cut to what the templates use; the icon; and the script. Embedded as `page_assets`.
find_program(BAKEN_NODE node REQUIRED)
find_program(BAKEN_NPM npm REQUIRED)

function(baken_styles target)
  set(static ${CMAKE_SOURCE_DIR}/static)
  set(sheet ${CMAKE_BINARY_DIR}/static/site.css)
  set(script ${CMAKE_BINARY_DIR}/static/suggest.js)
  set(packages ${CMAKE_BINARY_DIR}/static/packages)
  file(GLOB templates CONFIGURE_DEPENDS ${static}/templates/*.html)
  file(GLOB styles CONFIGURE_DEPENDS ${static}/styles/*)
  file(GLOB scripts CONFIGURE_DEPENDS ${static}/scripts/*)
  add_custom_command(OUTPUT ${packages}/.fetched
    COMMAND ${CMAKE_COMMAND} -E make_directory ${packages}
    COMMAND ${CMAKE_COMMAND} -E copy ${static}/package.json ${static}/package-lock.json ${packages}
    COMMAND ${BAKEN_NPM} ci --prefix ${packages} --ignore-scripts --no-audit --no-fund --silent
    COMMAND ${CMAKE_COMMAND} -E touch ${packages}/.fetched
    DEPENDS ${static}/package.json ${static}/package-lock.json
    COMMENT "Packages of the style sheet" VERBATIM)
  add_custom_command(OUTPUT ${sheet}
    # Node looks for packages beside the script, and the tree of the sources stays clean.
    COMMAND ${CMAKE_COMMAND} -E copy_directory ${static}/styles ${packages}/styles
    COMMAND ${BAKEN_NODE} ${packages}/styles/contrast.mjs
    COMMAND ${BAKEN_NODE} ${packages}/styles/build.mjs ${static}/templates ${sheet}
    DEPENDS ${packages}/.fetched ${templates} ${styles}
    COMMENT "Style sheet" VERBATIM)
  add_custom_command(OUTPUT ${script}
    COMMAND ${CMAKE_COMMAND} -E copy_directory ${static}/scripts ${packages}/scripts
    COMMAND ${CMAKE_COMMAND} -E make_directory ${packages}/styles
    COMMAND ${CMAKE_COMMAND} -E copy ${static}/styles/browsers.mjs ${packages}/styles
    COMMAND ${BAKEN_NODE} ${packages}/scripts/build.mjs ${script}
    DEPENDS ${packages}/.fetched ${scripts} ${static}/styles/browsers.mjs
    COMMENT "Script" VERBATIM)
  baken_embed_built(${target} page_assets ${sheet} ${static}/icon.png ${script})
endfunction()
