module.exports = {
  mode: 'production',
  target: 'node',
  entry: './commonjs.js',
  output: { path: __dirname, filename: 'commonjs.out.js' },
  module: {
    rules: [
      {
        test: /\.m?js$/,
        use: { loader: 'babel-loader', options: { configFile: false, presets: ['@babel/preset-env'] } },
      },
    ],
  },
};
