#pragma once

namespace cpestorm::cli {

inline constexpr const char* version = CPESTORM_VERSION; // from CMakeLists.txt

} // namespace cpestorm::cli
