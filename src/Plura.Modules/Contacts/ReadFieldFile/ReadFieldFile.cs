using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Gives out the file that stands in a field, by way of the contact or company it belongs to: whoever does not see the one has no way to the other.</summary>
public static class ReadFieldFileEndpoint
{
    public static void MapReadFieldFile(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/contacts/{id:guid}/fields/{key}/file", OfContact).RequirePermission("contacts.read").WithName("ReadFieldFile").ReadsPersonalData("contacts.read_field_file");
        routes.MapGet("/a/{account}/contacts/{id:guid}/fields/{key}/file", OfContact).RequirePermission("contacts.read").WithName("DownloadFieldFile").ReadsPersonalData("contacts.read_field_file");
        routes.MapGet("/api/v1/companies/{id:guid}/fields/{key}/file", OfCompany).RequirePermission("contacts.read").WithName("ReadCompanyFile").ReadsPersonalData("contacts.read_company_file");
        routes.MapGet("/a/{account}/companies/{id:guid}/fields/{key}/file", OfCompany).RequirePermission("contacts.read").WithName("DownloadCompanyFile").ReadsPersonalData("contacts.read_company_file");
    }

    private static async Task<IResult> OfContact(Guid id, string key, HttpContext http, ReadContact contacts, IOwnFiles files, CancellationToken ct) =>
        await files.Give(id, (await contacts.One(id, ct))?.Fields.GetValueOrDefault(key), http, ct);

    private static async Task<IResult> OfCompany(Guid id, string key, HttpContext http, ReadCompany companies, IOwnFiles files, CancellationToken ct) =>
        await files.Give(id, (await companies.One(id, ct))?.Fields.GetValueOrDefault(key), http, ct);
}
