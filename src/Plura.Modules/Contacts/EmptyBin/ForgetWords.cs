using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>Somebody is gone for good: the key of what was written with them is destroyed, so that no copy of it can be read, also none in a backup.</summary>
public sealed record ForgetWords(Guid SubjectId) : IJob;

[Work("Making unreadable what was written with somebody who is gone for good")]
public sealed class ForgetWordsJobHandler(ISubjectTexts texts) : IJobHandler<ForgetWords>
{
    public Task Run(ForgetWords job, CancellationToken ct) => texts.Forget(job.SubjectId, ct);
}
