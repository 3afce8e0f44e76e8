using Plura.Accounts.Contracts;

namespace Plura.Privacy;

/// <summary>With an account's end the keys of its people's proofs are destroyed: copies of the rows, wherever they are, say nothing any more.</summary>
internal sealed class ShredAccountKeys(SubjectKeys keys) : IAccountRemains
{
    public Task Remove(Guid account, CancellationToken ct) => keys.Shred(account, ct);
}
