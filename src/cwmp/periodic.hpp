#pragma once

#include "base/time.hpp"

#include <chrono>
#include <optional>

namespace cpestorm::cwmp {

// The next periodic Inform strictly after `now`: reference ± n·interval (PeriodicInformTime,
// TR-181 Device.ManagementServer.). Only the phase of `reference` matters; it may be far in the
// past or the future. interval ≥ 1 s.
[[nodiscard]] base::wall_time next_periodic(base::wall_time now, base::wall_time reference,
                                            std::chrono::seconds interval) noexcept;

} // namespace cpestorm::cwmp
