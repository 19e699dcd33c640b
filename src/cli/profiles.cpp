#include "cli/profiles.hpp"

#include <cstdlib>
#include <filesystem>
#include <vector>

namespace cpestorm::cli {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> folders()
{
    std::vector<fs::path> out;
    if (const char* own = std::getenv("CPESTORM_PROFILES")) out.emplace_back(own);
    std::error_code ec;
    const auto binary = fs::read_symlink("/proc/self/exe", ec);
    if (!ec) {
        out.push_back(binary.parent_path().parent_path() / "share/cpestorm/profiles");
        // build/<preset>/bin/cpestorm
        out.push_back(binary.parent_path().parent_path().parent_path().parent_path() / "profiles");
    }
    return out;
}

std::string names_in(const std::vector<fs::path>& where)
{
    std::string out;
    for (const auto& folder : where) {
        std::error_code ec;
        for (const auto& entry : fs::directory_iterator(folder, ec))
            if (entry.path().extension() == ".json")
                out += (out.empty() ? "" : ", ") + entry.path().stem().string();
        if (!out.empty()) break;
    }
    return out.empty() ? "none" : out;
}

} // namespace

base::checked<std::shared_ptr<const model::profile>> find_profile(const std::string& name_or_file)
{
    if (name_or_file.find('/') != std::string::npos || name_or_file.ends_with(".json"))
        return model::load_profile(name_or_file);
    const auto where = folders();
    for (const auto& folder : where) {
        const auto file = folder / (name_or_file + ".json");
        std::error_code ec;
        if (fs::exists(file, ec)) return model::load_profile(file.string());
    }
    std::string looked;
    for (const auto& folder : where)
        looked += "\n  " + folder.string();
    return base::diagnostic{.where = {},
                            .what = "there is no profile '" + name_or_file +
                                    "'; shipped profiles: " + names_in(where) +
                                    "; looked in:" + looked};
}

} // namespace cpestorm::cli
