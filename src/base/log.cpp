#include "base/log.hpp"

#include <cstdio>
#include <string>

namespace cpestorm::base {
namespace {

std::atomic<int> threshold{static_cast<int>(log_level::info)};

std::string_view label(log_level level) noexcept
{
    switch (level) {
    case log_level::error:
        return "error: ";
    case log_level::warning:
        return "warning: ";
    case log_level::info:
        return "";
    case log_level::debug:
        return "debug: ";
    }
    return "";
}

} // namespace

void set_log_level(log_level level) noexcept
{
    threshold.store(static_cast<int>(level), std::memory_order_relaxed);
}

bool log_enabled(log_level level) noexcept
{
    return static_cast<int>(level) <= threshold.load(std::memory_order_relaxed);
}

void log(log_level level, std::string_view text)
{
    if (!log_enabled(level)) return;
    std::string line = "cpestorm: ";
    line += label(level);
    for (char c : text) {
        const auto u = static_cast<unsigned char>(c);
        line += (u < 0x20 && c != '\n') || u == 0x7F ? '?' : c;
    }
    line += '\n';
    // A log line that cannot be written has nowhere to be reported.
    (void)std::fwrite(line.data(), 1, line.size(), stderr);
}

} // namespace cpestorm::base
