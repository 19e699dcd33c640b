#pragma once

#include <string>
#include <string_view>

namespace cpestorm::device {

// The SoftwareVersion of a device after it installed a firmware image: the first dotted number in
// the image's file name ("gw-2.1.0.bin" -> "2.1.0") or, if there is none, the old version with its
// last number counted up ("1.0.9b" -> "1.0.10b"; "beta" -> "beta.1").
[[nodiscard]] std::string version_after_upgrade(std::string_view old_version,
                                                std::string_view file_name);

// The last component of a URL's path, without query: "http://h/fw/a.bin?x=1" -> "a.bin".
[[nodiscard]] std::string_view file_name_of(std::string_view url) noexcept;

} // namespace cpestorm::device
