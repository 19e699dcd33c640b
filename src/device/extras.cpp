#include "device/extras.hpp"

namespace cpestorm::device {

void extras_delete::operator()(extras* p) const noexcept
{
    delete p;
}

extras& extras_of(state& s)
{
    if (!s.extra) s.extra.reset(new extras);
    return *s.extra;
}

} // namespace cpestorm::device
