#include "cwmp/retry.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace cpestorm::cwmp {

std::chrono::milliseconds retry_delay(unsigned attempt, unsigned m, unsigned k, double u) noexcept
{
    assert(attempt >= 1);
    constexpr unsigned last_step = 10;
    constexpr double longest_s = 2147483648.0; // 65535 · 65.535^10 would not fit anything
    const unsigned n = std::min(std::max(attempt, 1u), last_step);
    const double factor = k / 1000.0;
    const double from = std::min(longest_s, m * std::pow(factor, n - 1));
    const double to = std::min(longest_s, m * std::pow(factor, n));
    const double seconds = from + (to - from) * u;
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000.0));
}

} // namespace cpestorm::cwmp
