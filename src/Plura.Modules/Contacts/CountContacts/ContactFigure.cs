using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>How many contacts an account has, for its agency's desk.</summary>
internal sealed class ContactFigure(PluraDb db) : IAccountFigure
{
    public string Name => "Contacts";

    public Task<long> Of(Guid account, CancellationToken ct) =>
        db.Database.SqlQuery<long>($"""select contacts.count_contacts({account}) as "Value" """).SingleAsync(ct);
}
