using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Platform.Postgres;

namespace Plura.Messaging;

/// <summary><c>dkim create</c>: makes the key that signs letters, once, and answers the DNS record that its domain needs.</summary>
public sealed class CreateDkimKey : ICommand
{
    public string Name => "dkim create";

    public string Help => "[--domain example.com] [--selector plura]  makes the key that signs letters and prints the DNS record";

    public Task<object> Run(CommandOptions options, IServiceProvider services, CancellationToken ct)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var folder = services.GetRequiredService<DataFolder>();
        var domain = options.Get("domain") ?? configuration["Email:Dkim:Domain"] ?? throw new PlainException("--domain is missing.");
        var selector = options.Get("selector") ?? configuration["Email:Dkim:Selector"] ?? DkimKeys.DefaultSelector;
        var path = DkimKeys.File(configuration, folder, selector);
        if (!File.Exists(path))
        {
            using var rsa = RSA.Create(2048);
            folder.WriteSecret(path, rsa.ExportPkcs8PrivateKeyPem());
        }

        return Task.FromResult<object>(new { keyFile = path, name = $"{selector}._domainkey.{domain}", type = "TXT", value = DkimKeys.Record(File.ReadAllText(path)) });
    }
}
