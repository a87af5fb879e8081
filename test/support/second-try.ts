// Never where a wrong number could be the cause: the projects of the rules, of the API, and of the generated tests do not use this.
if (process.env.SECOND_TRY) jest.retryTimes(1, { logErrorsBeforeRetry: true });
