using Plura.Browser;

[assembly: AssemblyFixture(typeof(LiveApp))]
