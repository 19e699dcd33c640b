#include "base/json.hpp"
