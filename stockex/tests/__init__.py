from .counting import *
from .job import *
from .notify import *
from .setup import *
from .document import *
from .transport import *
from .exchange import *
