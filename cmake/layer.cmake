# layer(<folder> SOURCES a.cpp ... HEADERS a.hpp ... [PRIVATE lib ...] [PUBLIC lib ...])
# One static library per folder of src/, linked exactly as src/LAYERS says. The headers are a
# file set, so that CMAKE_VERIFY_INTERFACE_HEADER_SETS compiles each of them alone.
set(CPESTORM_LAYERS_FILE ${PROJECT_SOURCE_DIR}/src/LAYERS)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CPESTORM_LAYERS_FILE})

function(layer name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;HEADERS;PRIVATE;PUBLIC")
  file(STRINGS ${CPESTORM_LAYERS_FILE} line REGEX "^${name}:")
  if(line STREQUAL "")
    message(FATAL_ERROR "src/LAYERS has no line for '${name}'")
  endif()
  string(REGEX REPLACE "^${name}: *" "" folders "${line}")
  separate_arguments(folders)
  list(TRANSFORM folders PREPEND cpestorm_)

  set(target cpestorm_${name})
  add_library(${target} STATIC ${ARG_SOURCES})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/src
                                  FILES ${ARG_HEADERS})
  target_link_libraries(${target} PUBLIC cpestorm_options ${folders} ${ARG_PUBLIC}
                                  PRIVATE ${ARG_PRIVATE})
endfunction()
