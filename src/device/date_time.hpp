#pragma once

#include "base/time.hpp"

#include <string>

namespace cpestorm::device {

// Appends "2026-11-23T06:46:10Z" without a temporary: every Inform carries one.
void append_date_time(std::string& out, base::wall_time t);

} // namespace cpestorm::device
