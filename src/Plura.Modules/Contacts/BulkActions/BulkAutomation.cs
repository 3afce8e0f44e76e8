using Plura.Automations.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Puts many contacts into one automation. Undo takes those out who are in it still; what it has done for them stays done.</summary>
internal sealed class BulkEnrol(IEnrolment enrolment, Actor actor) : IBulkKind
{
    public string Kind => BulkAction.Enrol;

    public string Permission => "automations.enrol";

    public int Batch => 5000;

    public string Words(BulkValue value) => $"Put into the automation “{value.AutomationName}”";

    public async Task<IReadOnlyList<BulkChanged>> Do(BulkAction action, Guid[] ids, CancellationToken ct)
    {
        var cause = new Cause(actor.Kind == ActorKind.User ? Cause.Person : Cause.Program, actor.Id);
        return [.. (await enrolment.TakeIn(action.ReadValue().Automation!.Value, ids, cause, ct)).Select(t => new BulkChanged(t.ContactId, t.RunId.ToString()))];
    }

    public Task<IReadOnlyList<Guid>> Undo(BulkAction action, IReadOnlyList<BulkChanged> changed, CancellationToken ct) =>
        enrolment.TakeOut([.. changed.Select(c => Guid.Parse(c.Before!))], ct);
}

/// <summary>Takes many contacts out of one automation. Undo puts each back to where they stood.</summary>
internal sealed class BulkUnenrol(IEnrolment enrolment, IReturns returns) : IBulkKind
{
    public string Kind => BulkAction.Unenrol;

    public string Permission => "automations.enrol";

    public int Batch => 5000;

    public string Words(BulkValue value) => $"Take out of the automation “{value.AutomationName}”";

    public async Task<IReadOnlyList<BulkChanged>> Do(BulkAction action, Guid[] ids, CancellationToken ct) =>
        // Somebody may be in it more than once; the contact counts once.
        [.. (await enrolment.TakeOut(action.ReadValue().Automation!.Value, ids, ct)).GroupBy(t => t.ContactId).Select(t => new BulkChanged(t.Key, string.Join('\n', t.Select(r => $"{r.RunId} {r.Stood}"))))];

    public Task<IReadOnlyList<Guid>> Undo(BulkAction action, IReadOnlyList<BulkChanged> changed, CancellationToken ct) =>
        returns.PutBack([.. changed.SelectMany(c => c.Before!.Split('\n').Select(line => line.Split(' ', 2)).Select(part => new Enrolled(c.ContactId, Guid.Parse(part[0]), part[1])))], ct);
}
