from . import job, job_answering
