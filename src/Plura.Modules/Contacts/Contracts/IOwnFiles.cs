using Microsoft.AspNetCore.Http;
using Plura.Platform;

namespace Plura.Contacts.Contracts;

/// <summary>
/// The files in the account's own fields. A value is the file's id and its name (<c>0199… offer.pdf</c>); a file is kept first, nobody's yet, and
/// belongs to the thing that takes it. It is given out only by way of that thing, so that whoever may see the one may see the other.
/// </summary>
public interface IOwnFiles
{
    /// <summary>Keeps what a form sends for fields of files and puts their values among the others; what is kept stays kept where the form is refused. Refused with the fields under <c>Fields.{key}</c>.</summary>
    Task<Refusal?> Fill(string entity, IReadOnlyList<IOwnField> fields, IDictionary<string, string> values, IFormFileCollection sent, CancellationToken ct);

    /// <summary>Makes the files among its values a thing's own, and lets go of those it had before: in the transaction that writes the values. Refused where one is another's.</summary>
    Task<Refusal?> Take(string entity, Guid owner, IReadOnlyDictionary<string, string> values, CancellationToken ct);

    /// <summary>Gives a file out as a download: the one that stands in a value of this thing.</summary>
    Task<IResult> Give(Guid owner, string? value, HttpContext http, CancellationToken ct);

    /// <summary>These things are gone for good: their files go with them, in the same transaction.</summary>
    Task End(IReadOnlyCollection<Guid> owners, CancellationToken ct);
}
