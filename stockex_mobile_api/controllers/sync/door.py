from ...exceptions import HandheldRefused

SYNC = "/stockex/scan/sync"
# What every call of a handheld has in common.
CALL = {"type": "jsonrpc", "auth": "user", "methods": ["POST"], "readonly": False}
READ = {**CALL, "readonly": True}


def refusing(serve):
    """Answer a call that is not served with a code and a sentence, not with an error.

    The application keeps what it has; an error would only tell it that something broke.
    """

    def answer(self, **sent):
        try:
            return serve(self, **sent)
        except HandheldRefused as error:
            return {"refused": error.code, "message": str(error)}

    answer.__name__ = serve.__name__
    answer.__doc__ = serve.__doc__
    return answer
