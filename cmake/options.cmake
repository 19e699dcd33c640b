# Compile options every target of the project shares, as one interface library.
option(CPESTORM_WERROR "Treat warnings as errors" OFF)
set(CPESTORM_SANITIZE "" CACHE STRING "Value for -fsanitize= (address, undefined, thread, ...)")

add_library(cpestorm_options INTERFACE)
target_compile_features(cpestorm_options INTERFACE cxx_std_20)
target_compile_options(cpestorm_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -fno-strict-aliasing
  "-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.")
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # clang 19 reports what g++ 12's own <algorithm> calls inside std::stable_sort.
  target_compile_options(cpestorm_options INTERFACE -Wno-deprecated-declarations)
endif()
if(CPESTORM_WERROR)
  target_compile_options(cpestorm_options INTERFACE -Werror)
endif()
if(CPESTORM_SANITIZE)
  target_compile_options(cpestorm_options INTERFACE
    -fsanitize=${CPESTORM_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(cpestorm_options INTERFACE -fsanitize=${CPESTORM_SANITIZE})
  if(CPESTORM_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ warns that TSan does not model the fences Asio uses.
    target_compile_options(cpestorm_options INTERFACE -Wno-tsan)
  endif()
endif()

find_program(CPESTORM_CCACHE ccache)
if(CPESTORM_CCACHE)
  # NOHASHDIR and BASEDIR let a second clone of the project hit the same cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CPESTORM_CCACHE})
endif()
find_program(CPESTORM_MOLD mold)
if(CPESTORM_MOLD)
  target_link_options(cpestorm_options INTERFACE -fuse-ld=mold)
endif()
