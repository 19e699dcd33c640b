#include "acs/counters.hpp"

#include <algorithm>

namespace cpestorm::acs {

void counters::deviate(std::string_view phrase)
{
    const auto known = std::ranges::find(deviations, phrase, &deviation_count::phrase);
    if (known != deviations.end())
        ++known->times;
    else
        deviations.push_back({phrase, 1});
}

} // namespace cpestorm::acs
