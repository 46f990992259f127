<?php

declare(strict_types=1);

namespace Stockex\Client;

/** No answer came; unless the call was repeatable, nobody knows whether it was done. */
final class NetworkError extends StockexError
{
}
