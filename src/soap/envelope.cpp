#include "soap/envelope.hpp"

namespace cpestorm::soap {

std::string_view uri(cwmp_namespace ns) noexcept
{
    switch (ns) {
    case cwmp_namespace::cwmp_1_0:
        return "urn:dslforum-org:cwmp-1-0";
    case cwmp_namespace::cwmp_1_1:
        return "urn:dslforum-org:cwmp-1-1";
    case cwmp_namespace::cwmp_1_2:
        break;
    }
    return "urn:dslforum-org:cwmp-1-2";
}

} // namespace cpestorm::soap
