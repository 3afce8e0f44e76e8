using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A snapshot as the file that people keep, compare and upload elsewhere. It holds nobody's data.</summary>
public static class SnapshotFile
{
    public static void MapSnapshotFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/a/{account}/settings/snapshots/{id:guid}/file", Download).WithName("DownloadSnapshot").RequirePermission("account.snapshots");
        routes.MapGet("/g/{agency}/snapshots/{id:guid}/file", Download).WithName("DownloadAgencySnapshot").RequirePermission("agency.snapshots");
    }

    private static async Task<IResult> Download(Guid id, SnapshotShelf shelf, CancellationToken ct)
    {
        if (await shelf.Find(id, ct) is not { } found)
            return SnapshotShelf.Missing.Problem();
        var name = string.Concat(found.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')).Trim('-');
        return Results.File(Encoding.UTF8.GetBytes(found.Document), "application/json", $"set-up-{(name.Length == 0 ? "snapshot" : name)}.json");
    }
}
