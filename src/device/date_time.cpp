#include "device/date_time.hpp"

#include <array>
#include <chrono>

namespace cpestorm::device {

void append_date_time(std::string& out, base::wall_time t)
{
    const auto day = std::chrono::floor<std::chrono::days>(t);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(t - day));
    std::array<char, 20> text{'0', '0', '0', '0', '-', '0', '0', '-', '0', '0',
                              'T', '0', '0', ':', '0', '0', ':', '0', '0', 'Z'};
    const auto put = [&text](std::size_t last_digit, unsigned n) {
        for (; n != 0; n /= 10, --last_digit)
            text[last_digit] = static_cast<char>('0' + n % 10);
    };
    put(3, static_cast<unsigned>(static_cast<int>(date.year())));
    put(6, static_cast<unsigned>(date.month()));
    put(9, static_cast<unsigned>(date.day()));
    put(12, static_cast<unsigned>(clock.hours().count()));
    put(15, static_cast<unsigned>(clock.minutes().count()));
    put(18, static_cast<unsigned>(clock.seconds().count()));
    out.append(text.data(), text.size());
}

} // namespace cpestorm::device
