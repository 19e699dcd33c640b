#include "cli/results.hpp"

#include "base/text.hpp"
#include "report/json.hpp"

#include <filesystem>
#include <unistd.h>

namespace cpestorm::cli {

base::checked<void> prepare_folder(const std::string& folder)
{
    if (folder.empty()) return {};
    std::error_code ec;
    std::filesystem::create_directories(folder, ec);
    if (ec)
        return base::diagnostic{.where = "--out " + folder,
                                .what = "cannot make the folder: " + ec.message()};
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return base::diagnostic{.where = "--out " + folder, .what = "cannot write in the folder"};
    return {};
}

base::checked<void> write_results(const std::string& folder, const metrics::snapshot& s,
                                  const std::string& text)
{
    if (folder.empty()) return {};
    auto written = base::write_file(folder + "/summary.json", report::to_json(s));
    if (!written) return written;
    return base::write_file(folder + "/summary.txt", text);
}

} // namespace cpestorm::cli
