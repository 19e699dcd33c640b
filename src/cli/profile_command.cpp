#include "cli/profile_command.hpp"

#include "base/limits.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "cli/exit_codes.hpp"
#include "cli/profiles.hpp"
#include "device/cpe.hpp"

#include <cstdio>

namespace cpestorm::cli {
namespace {

int complain(const base::diagnostic& d)
{
    std::fprintf(stderr, "cpestorm: %s\n", d.text().c_str());
    return exit_usage;
}

} // namespace

int profile_import(const options& o)
{
    const auto text = base::read_file(o.input, base::limits::profile_bytes);
    if (!text) return complain(text.error());
    const auto imported = model::import_csv(o.input, *text);
    if (!imported) return complain(imported.error());
    for (const auto& note : imported->notes)
        base::log(base::log_level::info, note);
    if (o.output.empty()) {
        std::fwrite(imported->json.data(), 1, imported->json.size(), stdout);
        return exit_pass;
    }
    const auto written = base::write_file(o.output, imported->json);
    if (!written) return complain(written.error());
    std::fprintf(stderr, "cpestorm: %s: %zu parameters, %zu objects (%zu rows skipped)\n",
                 o.output.c_str(), imported->parameters, imported->objects, imported->skipped);
    return exit_pass;
}

int profile_check(const options& o)
{
    const auto profile = find_profile(o.input);
    if (!profile) return complain(profile.error());
    const auto& p = **profile;
    std::printf("%s: %s %s, %zu parameters below %.*s, %zu forced in every Inform, %zu KB\n",
                p.name.c_str(), p.identity.manufacturer.c_str(), p.identity.product_class.c_str(),
                p.schema->parameter_count(), static_cast<int>(p.schema->root().size()),
                p.schema->root().data(), p.schema->forced_inform().size(),
                p.schema->bytes() / 1024);
    return exit_pass;
}

int profile_show(const options& o)
{
    const auto profile = find_profile(o.input);
    if (!profile) return complain(profile.error());
    device::context context;
    context.profile = *profile;
    device::state state;
    device::cpe cpe(context, state, 0, 0, base::wall_now());
    const auto tree = cpe.tree();
    tree.for_each_parameter("", [&tree](model::node n, std::string_view path) {
        const auto type = base::type_name(tree.type(n));
        std::printf("%.*s\t%.*s\t%s\t%s\n", static_cast<int>(path.size()), path.data(),
                    static_cast<int>(type.size()), type.data(),
                    tree.writable(n) ? "writable" : "read-only", tree.get(n).c_str());
    });
    return exit_pass;
}

} // namespace cpestorm::cli
